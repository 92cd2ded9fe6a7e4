// Sets light or dark before the first paint, so that nothing flashes. Not a module: those run late.
(() => {
  const chosen = localStorage.getItem("tocsin.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
