import type { Action } from "../action.ts";

export const SERVER_ACTIONS: readonly Action[] = [
  {
    name: "kill server",
    weight: 1,
    async do({ server }) {
      if (!(await server.isUp())) return null;
      await server.kill();
      return "";
    },
  },
  {
    name: "start server",
    weight: 4,
    async do({ server }) {
      if (await server.isUp()) return null;
      await server.start();
      return "";
    },
  },
];
