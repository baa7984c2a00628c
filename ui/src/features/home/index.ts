// Home: what to do next, and two pictures.
export { HomePage } from "./HomePage";
