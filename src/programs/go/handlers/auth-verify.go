package main

import (
	"fmt"
	"strings"
)

func handle(request []byte) (any, error) {
	asked, err := fieldsOf(request)
	if err != nil {
		return nil, err
	}
	token, given := asked["token"].(string)
	if !given {
		return map[string]any{"valid": false, "reason": "There is no token", "status": "success"}, nil
	}
	parts := strings.Split(token, ".")
	// An invalid token is no error of this service: it was asked a question, and this is the answer.
	if len(parts) < 2 || parts[1] != sealOf(parts[0]) {
		return map[string]any{"valid": false, "reason": "The token is not ours", "status": "success"}, nil
	}
	return map[string]any{"valid": true, "username": parts[0], "status": "success"}, nil
}

// The same as where tokens are made.
func sealOf(text string) string {
	seal := uint32(2166136261)
	for _, character := range "roundtrip:" + text {
		seal = (seal ^ uint32(character)) * 16777619
	}
	return fmt.Sprintf("%08x", seal)
}
