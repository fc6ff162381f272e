/** What a built-in handler does, in Go, and the packages that it needs. */
export interface GoHandler {
  readonly imports: readonly string[];
  /** `handle` takes the request and returns the reply: a string as it is sent, anything else as JSON; or an error. */
  readonly text: string;
}

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
};
