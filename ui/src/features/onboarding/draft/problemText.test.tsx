// A number of licences in a problem has the word that fits it.
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeHost, showInside } from "../testkit";
import { useProblemText } from "./problemText";

function Said({ problemKey, expected }: { problemKey: string; expected: string }) {
  return <p>{useProblemText()({ field: "lines.1.quantity", key: problemKey, expected })}</p>;
}

it.each([
  ["en", "quantityBelow", "1", "At least 1 licence, as a whole number"],
  ["en", "quantityBelow", "100", "At least 100 licences, as a whole number"],
  ["en", "quantityAbove", "1", "At most 1 licence"],
  ["en", "trialQuantity", "25", "A trial always has 25 licences"],
  ["de", "quantityBelow", "1", "Mindestens 1 Lizenz, als ganze Zahl"],
  ["de", "quantityAbove", "10000", "Höchstens 10.000 Lizenzen"],
  ["en", "linesEmpty", "", "Add at least one product"],
] as const)("%s: %s %s", (language, problemKey, expected, said) => {
  showInside(<Said problemKey={problemKey} expected={expected} />, { host: fakeHost(), language });
  expect(screen.getByText(said)).toBeDefined();
});
