import { Option } from "commander";
import { timeChoices } from "../analysis/measurement.ts";

export const timeOption = (): Option =>
  new Option("--time <choice>", "the compile time of a statement that several runs tell one of")
    .choices(timeChoices)
    .default("max");
