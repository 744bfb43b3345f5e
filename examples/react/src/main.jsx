import React from "react";
import { createRoot } from "react-dom/client";

import { List } from "./List.jsx";

createRoot(document.querySelector("#app")).render(<List />);
