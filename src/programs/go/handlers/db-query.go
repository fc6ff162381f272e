package main

type row = map[string]any

var tables = map[string][]row{
	"users": {
		{"id": 1.0, "name": "Ada", "city": "London"},
		{"id": 2.0, "name": "Grace", "city": "New York"},
		{"id": 3.0, "name": "Linus", "city": "Helsinki"},
	},
	"orders": {
		{"id": 1.0, "user_id": 1.0, "item": "tea", "price": 4.5},
		{"id": 2.0, "user_id": 1.0, "item": "paper", "price": 3.0},
		{"id": 3.0, "user_id": 3.0, "item": "coffee", "price": 6.2},
	},
}

func handle(request []byte) (any, error) {
	asked, err := fieldsOf(request)
	if err != nil {
		return nil, err
	}
	name, _ := asked["table"].(string)
	table, known := tables[name]
	if !known {
		said := "undefined"
		if given, named := asked["table"]; named {
			said = string(toJSON(given))
		}
		return row{"error": "There is no table " + said, "status": "error"}, nil
	}
	where, _ := asked["where"].(row)
	rows := []row{}
	for _, each := range table {
		matches := true
		for column, wanted := range where {
			value, found := each[column]
			matches = matches && found && value == wanted
		}
		if matches {
			rows = append(rows, each)
		}
	}
	return row{"rows": rows, "count": len(rows), "status": "success"}, nil
}
