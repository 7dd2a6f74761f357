export { type InvalidText, isInvalidText, type Row, type SqlValue } from "../core/sqlValue";
