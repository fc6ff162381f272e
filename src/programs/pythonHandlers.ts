import authLogin from "./python/handlers/auth-login.py?raw";
import authVerify from "./python/handlers/auth-verify.py?raw";
import dbQuery from "./python/handlers/db-query.py?raw";
import echo from "./python/handlers/echo.py?raw";
import failing from "./python/handlers/failing.py?raw";
import payment from "./python/handlers/payment.py?raw";
import userLookup from "./python/handlers/user-lookup.py?raw";
import userValidating from "./python/handlers/user-validating.py?raw";

/**
 * What the built-in handlers do, in Python, by their ids: `handle` takes the request's bytes and returns the reply, bytes and a str as
 * they are sent or what becomes JSON; what it raises is answered with an error.
 */
export const PYTHON_HANDLERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    echo,
    failing,
    "user-lookup": userLookup,
    "user-validating": userValidating,
    "auth-login": authLogin,
    "auth-verify": authVerify,
    "db-query": dbQuery,
    payment,
  }),
);
