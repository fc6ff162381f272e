import { expect, test } from "vitest";
import { readFramers } from "./framers.ts";

test("sites are read apart by spaces and commas", () => {
  expect(
    readFramers("https://Course.example/, http://localhost:8080  https://*.school.example:*", "x"),
  ).toEqual(["https://course.example", "http://localhost:8080", "https://*.school.example:*"]);
  expect(readFramers(" ", "x")).toEqual([]);
});

test.each([
  "*",
  "https://*",
  "https:",
  "course.example",
  "https://a.example/page",
  "'self'",
  "data:",
  "https://a;b",
])("%s is no site, and nothing that would change the policy", (text) => {
  expect(() => readFramers(`https://a.example ${text}`, "--frame")).toThrow(
    /--frame names “.+”, which is no site/,
  );
});
