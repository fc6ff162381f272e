package main

import (
	"fmt"
	"sync"
)

var (
	lock   sync.Mutex
	booked int
	total  float64
)

func handle(request []byte) (any, error) {
	asked, err := fieldsOf(request)
	if err != nil {
		return nil, err
	}
	amount, isNumber := asked["amount"].(float64)
	if !isNumber || amount <= 0 {
		return map[string]any{"error": "Invalid amount: must be a positive number", "status": "error"}, nil
	}
	lock.Lock()
	defer lock.Unlock()
	booked++
	total += amount
	fmt.Printf("booked %s: %d payments, %s in all\n", shown(amount), booked, shown(total))
	return map[string]any{"booked": booked, "total": total, "status": "success"}, nil
}
