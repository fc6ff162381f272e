package main

import "errors"

func handle(request []byte) (any, error) {
	return nil, errors.New("The database cannot be reached")
}
