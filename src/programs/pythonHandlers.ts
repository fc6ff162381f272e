const SEAL = `def seal_of(text):
    """A toy: a real one signs with a secret key and lets tokens expire."""
    seal = 2166136261
    for character in f"roundtrip:{text}":
        seal = (seal ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return f"{seal:08x}"
`;

/**
 * What the built-in handlers do, in Python: `handle` takes the request's text and returns the reply, a str as it is sent or what
 * becomes JSON; what it raises is answered with an error.
 */
export const PYTHON_HANDLERS: Readonly<Record<string, string>> = {
  echo: `
async def handle(request):
    return request
`,
  failing: `
async def handle(request):
    raise Exception("The database cannot be reached")
`,
  "user-lookup": `
async def handle(request):
    asked = json.loads(request)  # What is no JSON raises here, and is answered with an error.
    user_id = asked.get("user_id") if isinstance(asked, dict) else None
    shown = user_id if isinstance(user_id, str) else json.dumps(user_id)
    return {
        "user_id": user_id,
        "name": f"User {shown}",
        "email": f"user{shown}@example.com",
        "status": "active",
    }
`,
  "user-validating": `
LAST_USER = 1000  # Ids above this one belong to nobody.


async def handle(request):
    try:
        asked = json.loads(request)
    except ValueError:
        return {"error": "Invalid JSON in request", "status": "error"}
    if not isinstance(asked, (dict, list)):
        return {"error": "Internal server error: the request is no object", "status": "error"}
    if "user_id" not in asked or isinstance(asked, list):
        return {"error": "Missing required field: user_id", "status": "error"}
    user_id = asked["user_id"]
    if isinstance(user_id, bool) or not isinstance(user_id, int) or user_id <= 0:
        return {"error": "Invalid user_id: must be positive integer", "status": "error"}
    if user_id > LAST_USER:
        return {"error": f"User {user_id} not found", "status": "not_found"}
    return {
        "user_id": user_id,
        "name": f"User {user_id}",
        "email": f"user{user_id}@example.com",
        "status": "success",
    }
`,
  "auth-login": `
# Users of a demonstration. A real service keeps no password that it could read.
PASSWORDS = {"admin": "password123", "user1": "secret"}


${SEAL}

async def handle(request):
    asked = json.loads(request)
    username, password = asked.get("username"), asked.get("password")
    # The same words whether the name or the password is wrong: else anybody could find out which names there are.
    if not isinstance(username, str) or username not in PASSWORDS or PASSWORDS[username] != password:
        return {"authenticated": False, "error": "Invalid credentials", "status": "unauthorized"}
    token = f"{username}.{seal_of(username)}"
    return {"authenticated": True, "username": username, "token": token, "status": "success"}
`,
  "auth-verify": `
${SEAL}

async def handle(request):
    token = json.loads(request).get("token")
    if not isinstance(token, str):
        return {"valid": False, "reason": "There is no token", "status": "success"}
    username, *seals = token.split(".")
    # An invalid token is no error of this service: it was asked a question, and this is the answer.
    if not seals or seals[0] != seal_of(username):
        return {"valid": False, "reason": "The token is not ours", "status": "success"}
    return {"valid": True, "username": username, "status": "success"}
`,
  "db-query": `
TABLES = {
    "users": [
        {"id": 1, "name": "Ada", "city": "London"},
        {"id": 2, "name": "Grace", "city": "New York"},
        {"id": 3, "name": "Linus", "city": "Helsinki"},
    ],
    "orders": [
        {"id": 1, "user_id": 1, "item": "tea", "price": 4.5},
        {"id": 2, "user_id": 1, "item": "paper", "price": 3},
        {"id": 3, "user_id": 3, "item": "coffee", "price": 6.2},
    ],
}


async def handle(request):
    asked = json.loads(request)
    table, where = asked.get("table"), asked.get("where") or {}
    if not isinstance(table, str) or table not in TABLES:
        return {"error": f"There is no table {json.dumps(table)}", "status": "error"}
    rows = [row for row in TABLES[table] if all(row.get(name) == value for name, value in where.items())]
    return {"rows": rows, "count": len(rows), "status": "success"}
`,
  payment: `
booked, total = 0, 0


async def handle(request):
    global booked, total
    amount = json.loads(request).get("amount")
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or not amount > 0:
        return {"error": "Invalid amount: must be a positive number", "status": "error"}
    booked, total = booked + 1, total + amount
    print(f"booked {amount}: {booked} payments, {total} in all", flush=True)
    return {"booked": booked, "total": total, "status": "success"}
`,
};
