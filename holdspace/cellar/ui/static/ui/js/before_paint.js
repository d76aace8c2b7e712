// Sets the theme and the veil before anything is painted; a plain script, so that it can run first.
(function () {
  const page = document.documentElement;
  page.dataset.script = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") page.dataset.theme = theme;
    if (sessionStorage.getItem("veiled") === "yes") {
      page.dataset.veiled = "";
      page.dataset.title = document.title;
      if (page.dataset.plainTitle) document.title = page.dataset.plainTitle;
    }
  } catch {
    // A browser that keeps nothing shows its own theme, unveiled.
  }
})();
