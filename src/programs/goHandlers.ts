/** What a built-in handler does, in Go, and the packages that it needs. */
export interface GoHandler {
  readonly imports: readonly string[];
  /** `handle` takes the request and returns the reply: a string as it is sent, anything else as JSON; or an error. */
  readonly text: string;
}

const SEAL = `// A toy: a real one signs with a secret key and lets tokens expire.
func sealOf(text string) string {
	seal := uint32(2166136261)
	for _, character := range "roundtrip:" + text {
		seal = (seal ^ uint32(character)) * 16777619
	}
	return fmt.Sprintf("%08x", seal)
}
`;

export const GO_HANDLERS: Readonly<Record<string, GoHandler>> = {
  echo: {
    imports: [],
    text: `
func handle(request []byte) (any, error) {
	return string(request), nil
}
`,
  },
  failing: {
    imports: ["errors"],
    text: `
func handle(request []byte) (any, error) {
	return nil, errors.New("The database cannot be reached")
}
`,
  },
  "user-lookup": {
    imports: ["strings"],
    text: `
type user struct {
	UserID json.RawMessage \`json:"user_id"\`
	Name   string          \`json:"name"\`
	Email  string          \`json:"email"\`
	Status string          \`json:"status"\`
}

func handle(request []byte) (any, error) {
	var asked struct {
		UserID json.RawMessage \`json:"user_id"\`
	}
	// What is no JSON is answered with an error.
	if err := json.Unmarshal(request, &asked); err != nil {
		return nil, err
	}
	if asked.UserID == nil {
		asked.UserID = json.RawMessage("null")
	}
	shown := strings.Trim(string(asked.UserID), "\\"")
	return user{asked.UserID, "User " + shown, "user" + shown + "@example.com", "active"}, nil
}
`,
  },
  "user-validating": {
    imports: ["fmt"],
    text: `
// Ids above this one belong to nobody.
const lastUser = 1000

type user struct {
	UserID int    \`json:"user_id"\`
	Name   string \`json:"name"\`
	Email  string \`json:"email"\`
	Status string \`json:"status"\`
}

type problem struct {
	Error  string \`json:"error"\`
	Status string \`json:"status"\`
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
	if !isNumber || number <= 0 || number != float64(int(number)) {
		return problem{"Invalid user_id: must be positive integer", "error"}, nil
	}
	if number > lastUser {
		return problem{fmt.Sprintf("User %d not found", int(number)), "not_found"}, nil
	}
	n := int(number)
	return user{n, fmt.Sprintf("User %d", n), fmt.Sprintf("user%d@example.com", n), "success"}, nil
}
`,
  },
  "auth-login": {
    imports: ["fmt"],
    text: `
// Users of a demonstration. A real service keeps no password that it could read.
var passwords = map[string]string{"admin": "password123", "user1": "secret"}

${SEAL}
func handle(request []byte) (any, error) {
	var asked map[string]any
	if err := json.Unmarshal(request, &asked); err != nil {
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
`,
  },
  "auth-verify": {
    imports: ["fmt", "strings"],
    text: `
${SEAL}
func handle(request []byte) (any, error) {
	var asked map[string]any
	if err := json.Unmarshal(request, &asked); err != nil {
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
`,
  },
  "db-query": {
    imports: [],
    text: `
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
	var asked struct {
		Table any \`json:"table"\`
		Where row \`json:"where"\`
	}
	if err := json.Unmarshal(request, &asked); err != nil {
		return nil, err
	}
	name, _ := asked.Table.(string)
	table, known := tables[name]
	if !known {
		shown, _ := json.Marshal(asked.Table)
		return row{"error": "There is no table " + string(shown), "status": "error"}, nil
	}
	rows := []row{}
	for _, each := range table {
		matches := true
		for column, value := range asked.Where {
			matches = matches && each[column] == value
		}
		if matches {
			rows = append(rows, each)
		}
	}
	return row{"rows": rows, "count": len(rows), "status": "success"}, nil
}
`,
  },
  payment: {
    imports: ["fmt", "sync"],
    text: `
var (
	lock   sync.Mutex
	booked int
	total  float64
)

func handle(request []byte) (any, error) {
	var asked map[string]any
	if err := json.Unmarshal(request, &asked); err != nil {
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
	fmt.Printf("booked %v: %d payments, %v in all\\n", amount, booked, total)
	return map[string]any{"booked": booked, "total": total, "status": "success"}, nil
}
`,
  },
};
