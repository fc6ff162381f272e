package main

func handle(request []byte) (any, error) {
	return string(request), nil
}
