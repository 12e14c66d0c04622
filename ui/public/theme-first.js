// Sets the theme before the first paint, so that a dark window never flashes white.
// A file of its own because the content security policy allows no inline script.
(function () {
  var stored = {};
  try {
    stored = JSON.parse(localStorage.getItem("ratebook.look") || "{}");
  } catch {
    // Storage can be off: the defaults below hold.
  }
  var dark = matchMedia("(prefers-color-scheme: dark)").matches;
  var theme = stored.theme === "light" || stored.theme === "dark" ? stored.theme : dark ? "dark" : "light";
  document.documentElement.setAttribute("data-theme", theme);
  if (stored.density) document.documentElement.setAttribute("data-density", stored.density);
})();
