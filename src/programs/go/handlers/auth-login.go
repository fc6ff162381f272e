package main

import "fmt"

// Users of a demonstration. A real service keeps no password that it could read.
var passwords = map[string]string{"admin": "password123", "user1": "secret"}

func handle(request []byte) (any, error) {
	asked, err := fieldsOf(request)
	if err != nil {
		return nil, err
	}
	username, _ := asked["username"].(string)
	password, given := asked["password"].(string)
	// The same words whether the name or the password is wrong: else anybody could find out which names there are.
	if wanted, known := passwords[username]; !known || !given || password != wanted {
		return map[string]any{"authenticated": false, "error": "Invalid credentials", "status": "unauthorized"}, nil
	}
	token := username + "." + sealOf(username)
	return map[string]any{"authenticated": true, "username": username, "token": token, "status": "success"}, nil
}

// A toy: a real one signs with a secret key and lets tokens expire.
func sealOf(text string) string {
	seal := uint32(2166136261)
	for _, character := range "roundtrip:" + text {
		seal = (seal ^ uint32(character)) * 16777619
	}
	return fmt.Sprintf("%08x", seal)
}
