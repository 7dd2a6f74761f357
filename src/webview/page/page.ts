import { documentStyles } from "../styles";
import { registerToolkit } from "../toolkit";
import "./snapshotPage";

if (documentStyles.styleSheet !== undefined) document.adoptedStyleSheets.push(documentStyles.styleSheet);
registerToolkit();
