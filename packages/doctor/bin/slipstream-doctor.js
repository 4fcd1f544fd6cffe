#!/usr/bin/env node
import '../dist/slipstream-doctor.js';
