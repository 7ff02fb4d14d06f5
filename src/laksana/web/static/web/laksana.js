/* Laksana: comforts on top of pages that work without this file. Nothing here decides anything. */
"use strict";
