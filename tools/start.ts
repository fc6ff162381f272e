import { launch } from "./launch.ts";

process.exit(await launch("built", process.argv.slice(2)));
