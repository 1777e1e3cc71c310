// Small improvements of every page. Each works on what stands in the page already; without script nothing is lost.
import { dropdowns } from "./drop.js";
import { errorFocus } from "./errors.js";
import { chosenFile } from "./file.js";
import { chosenRows, openFilters, shortAddresses } from "./table.js";
import { currentTab } from "./tabs.js";

dropdowns();
chosenFile();
errorFocus();
chosenRows();
currentTab();
openFilters();
shortAddresses();
