import authLogin from "./go/handlers/auth-login.go?raw";
import authVerify from "./go/handlers/auth-verify.go?raw";
import dbQuery from "./go/handlers/db-query.go?raw";
import echo from "./go/handlers/echo.go?raw";
import failing from "./go/handlers/failing.go?raw";
import payment from "./go/handlers/payment.go?raw";
import userLookup from "./go/handlers/user-lookup.go?raw";
import userValidating from "./go/handlers/user-validating.go?raw";

/**
 * What the built-in handlers do, in Go, by their ids: `handle` takes the request and returns the reply, a string as it is sent or what
 * becomes JSON; or an error, which is answered with.
 */
export const GO_HANDLERS: ReadonlyMap<string, string> = new Map(
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
