import { launch } from "./launch.ts";

process.exit(await launch("development", process.argv.slice(2)));
