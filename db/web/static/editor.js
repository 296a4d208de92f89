/* Names the SQL editor for people who do not see it: CodeMirror puts its own unnamed field in place of ours. */
window.addEventListener("load", () => {
  for (const field of document.querySelectorAll(".CodeMirror textarea")) {
    field.setAttribute("aria-label", "SQL");
  }
});
