package main

import (
	"fmt"
	"math"
)

// Ids above this one belong to nobody.
const lastUser = 1000

type user struct {
	UserID int    `json:"user_id"`
	Name   string `json:"name"`
	Email  string `json:"email"`
	Status string `json:"status"`
}

type problem struct {
	Error  string `json:"error"`
	Status string `json:"status"`
}

func handle(request []byte) (any, error) {
	if !json.Valid(request) {
		return problem{"Invalid JSON in request", "error"}, nil
	}
	var asked any
	_ = json.Unmarshal(request, &asked)
	fields, isObject := asked.(map[string]any)
	if _, isList := asked.([]any); !isObject && !isList {
		return problem{"Internal server error: the request is no object", "error"}, nil
	}
	id, given := fields["user_id"]
	if !given {
		return problem{"Missing required field: user_id", "error"}, nil
	}
	number, isNumber := id.(float64)
	if !isNumber || number <= 0 || number != math.Trunc(number) {
		return problem{"Invalid user_id: must be positive integer", "error"}, nil
	}
	if number > lastUser {
		return problem{"User " + shown(number) + " not found", "not_found"}, nil
	}
	n := int(number)
	return user{n, fmt.Sprintf("User %d", n), fmt.Sprintf("user%d@example.com", n), "success"}, nil
}
