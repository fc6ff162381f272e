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
};
