package main

type user struct {
	UserID any    `json:"user_id"`
	Name   string `json:"name"`
	Email  string `json:"email"`
	Status string `json:"status"`
}

func handle(request []byte) (any, error) {
	// Invalid JSON is answered with an error.
	asked, err := fieldsOf(request)
	if err != nil {
		return nil, err
	}
	id := asked["user_id"]
	return user{id, "User " + shown(id), "user" + shown(id) + "@example.com", "active"}, nil
}
