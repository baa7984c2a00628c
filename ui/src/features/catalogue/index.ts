// The catalogue: products, terms and prices of a country.
export { CataloguePage } from "./CataloguePage";
