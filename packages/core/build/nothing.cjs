// In the place of what undici loads for bodies that core never sends, and for a protocol that it switches off.
module.exports = {};
