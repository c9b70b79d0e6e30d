"use strict";
(function () {
  var state = new URLSearchParams(location.hash.indexOf("=") < 0 ? "" : location.hash.slice(1));
  var root = document.documentElement;

  function keep(name, value) {
    if (value) state.set(name, value); else state.delete(name);
    // A place on the page is not overwritten unless there is something to keep.
    if (!state.toString() && location.hash.indexOf("=") < 0) return;
    try { history.replaceState(null, "", "#" + state.toString()); } catch (error) { /* Pages from a disk may not. */ }
  }

  // Large type.
  var large = document.createElement("button");
  large.type = "button";
  large.textContent = "大字版";
  function size(on) {
    root.classList.toggle("large", on);
    large.setAttribute("aria-pressed", String(on));
  }
  large.addEventListener("click", function () {
    size(!root.classList.contains("large"));
    keep("large", root.classList.contains("large") ? "1" : "");
  });
  size(state.get("large") === "1");
  var tools = document.createElement("span");
  tools.className = "tools";
  tools.appendChild(large);
  document.querySelector(".kind").appendChild(tools);

  // Search.
  var panel = document.getElementById("search");
  if (!panel) return;
  var input = document.getElementById("q"), found = document.getElementById("found");
  var all = function (query, inside) { return Array.prototype.slice.call((inside || document).querySelectorAll(query)); };
  var plain = function (text) { return text.normalize("NFKC").toLowerCase(); };
  var bundles = all(".bundle").map(function (node) {
    var sounds = node.dataset.sound.split("|");
    return {
      node: node,
      hit: node.querySelector(".hit"),
      names: node.dataset.words.split("|").map(function (name, index) {
        return { name: name, text: plain(name).replace(/\s/g, ""), sounds: sounds[index].split(" ") };
      })
    };
  });

  function matches(name, token) {
    if (name.text.indexOf(token) >= 0) return true;
    // One letter alone would find everything.
    return /^[a-z0-9]{2,}$/.test(token) && name.sounds.some(function (sound) { return sound.indexOf(token) >= 0; });
  }

  // The names by which a bundle is found; null if some word finds none.
  function search(bundle, tokens) {
    var by = [];
    for (var i = 0; i < tokens.length; i++) {
      var names = bundle.names.filter(function (name) { return matches(name, tokens[i]); });
      if (!names.length) return null;
      names.forEach(function (name) { if (by.indexOf(name) < 0) by.push(name); });
    }
    return by;
  }

  function show() {
    var tokens = plain(input.value).split(/[\s'，、；]+/).filter(Boolean);
    var count = 0;
    bundles.forEach(function (bundle) {
      var by = search(bundle, tokens);
      bundle.node.hidden = by === null;
      if (by !== null) count++;
      // The title says by itself that it was found.
      var others = by === null || !tokens.length ? [] : by.filter(function (name) { return name !== bundle.names[0]; });
      bundle.hit.hidden = !others.length;
      bundle.hit.textContent = others.length ? "找到：" + others.slice(0, 4).map(function (name) { return name.name; }).join("、") + (others.length > 4 ? " 等" + others.length + "处" : "") : "";
    });
    all(".group").forEach(function (group) { group.hidden = !group.querySelector(".bundle:not([hidden])"); });
    all(".agencies li").forEach(function (agency) {
      var links = all("a", agency);
      links.forEach(function (link) {
        var card = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        link.hidden = card !== null && card.hidden;
      });
      all("p", agency).forEach(function (line) { line.hidden = !line.querySelector("a:not([hidden])"); });
      agency.hidden = !agency.querySelector("a:not([hidden])");
    });
    found.textContent = !tokens.length ? "" : count ? "找到 " + count + " 件" : "没有找到。换一个词，或者少写几个字";
    keep("q", input.value.trim());
  }

  panel.hidden = false;
  input.addEventListener("input", show);
  panel.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    var first = bundles.filter(function (bundle) { return !bundle.node.hidden; })[0];
    var link = first && first.node.querySelector("h4 a");
    if (link) link.focus();
  });
  input.value = state.get("q") || "";
  if (input.value) show();
})();
