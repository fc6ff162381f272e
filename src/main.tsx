import "@fontsource-variable/jetbrains-mono/wght.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "./views/theme/tokens.css";
import "./views/theme/base.css";
import "./views/controls/controls.css";
import "./views/controls/peers.css";
import "./views/controls/forms.css";
import "./views/inspector/inspector.css";
import "./views/shell/header.css";
import "./views/shell/overlays.css";
import "./views/shell/shell.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { boot } from "./stores/boot.ts";
import { App } from "./views/shell/App.tsx";
import { Failure } from "./views/shell/Failure.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root to draw the page in");
createRoot(root).render(
  <StrictMode>
    <Failure>
      <App />
    </Failure>
  </StrictMode>,
);
void boot();
