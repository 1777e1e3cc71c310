// Small improvements of every page. Each works on what stands in the page already; without script nothing is lost.
import { dropdowns } from "./drop.js";
import { errorFocus } from "./errors.js";
import { chosenFile } from "./file.js";
import { chosenRows, shortAddresses } from "./table.js";

dropdowns();
chosenFile();
errorFocus();
chosenRows();
shortAddresses();
