#!/usr/bin/env node
// In a checkout the launcher goes by this name too; the package has the other file alone.
import "./preimage.cjs";
