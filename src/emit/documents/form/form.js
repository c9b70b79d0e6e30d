"use strict";
(function () {
  var form = document.getElementById("form");
  var fields = Array.prototype.slice.call(form.querySelectorAll(".field"));

  function controls(field) {
    return Array.prototype.slice.call(field.querySelectorAll("input,select,textarea"));
  }

  // What stands in a field, as the schema wants it; undefined if nothing does.
  function read(field) {
    var kind = field.dataset.kind, list = controls(field), one = list[0];
    if (kind === "choices") {
      var chosen = list.filter(function (c) { return c.checked; }).map(function (c) { return c.value; });
      return chosen.length || field.dataset.question ? chosen : undefined;
    }
    if (one.type === "radio") {
      var on = list.filter(function (c) { return c.checked; })[0];
      if (!on) return undefined;
      return kind === "yes-no" ? on.value === "true" : on.value;
    }
    if (one.type === "file") return one.files.length ? one.files[0].name : undefined;
    var text = one.value.trim();
    if (text === "") return undefined;
    if (kind === "integer" || kind === "decimal" || kind === "number") return Number(text);
    return text;
  }

  var answers = {};
  function all(list) {
    var open = false;
    for (var i = 0; i < list.length; i++) {
      var truth = holds(list[i]);
      if (truth === false) return false;
      if (truth === null) open = true;
    }
    return open ? null : true;
  }
  function not(truth) { return truth === null ? null : !truth; }
  // A day counted from the day on which the form is filled in; where a month has no such day, its last.
  function fromToday(offset) {
    var now = new Date(), day = now.getDate();
    if (offset.unit === "day") return text(new Date(now.getFullYear(), now.getMonth(), day + offset.amount));
    var months = now.getMonth() + offset.amount * (offset.unit === "year" ? 12 : 1);
    var last = new Date(now.getFullYear(), months + 1, 0).getDate();
    return text(new Date(now.getFullYear(), months, Math.min(day, last)));
  }
  function text(date) {
    function pad(number, digits) { return ("0000" + number).slice(-digits); }
    return pad(date.getFullYear(), 4) + "-" + pad(date.getMonth() + 1, 2) + "-" + pad(date.getDate(), 2);
  }
  // true, false, or null while it depends on answers that are still missing. Nothing holds of a question that is not asked.
  function holds(tree) {
    if (tree.all) return all(tree.all);
    if (tree.any) return not(all(tree.any.map(function (part) { return { not: part }; })));
    if (tree.not) return not(holds(tree.not));
    var test = tree.one_of || tree.includes || tree.number || tree.date || { question: tree.yes };
    var answer = answers[test.question];
    if (!answer || answer.asked === false) return false;
    if (answer.asked === null || answer.value === undefined) return null;
    var given = answer.value;
    if (tree.one_of) return test.options.indexOf(given) >= 0;
    if (tree.includes) return given.indexOf(test.option) >= 0;
    if (tree.number) return compares(given, test.op, Number(test.number));
    if (tree.date) return compares(given, test.op, test.from_today ? fromToday(test.from_today) : test.date);
    return given === true;
  }
  function compares(given, op, bound) {
    switch (op) {
      case "=": return given === bound;
      case "!=": return given !== bound;
      case "<": return given < bound;
      case "<=": return given <= bound;
      case ">": return given > bound;
      default: return given >= bound;
    }
  }

  function citizen(text) {
    var weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], sum = 0;
    for (var i = 0; i < 17; i++) sum += weights[i] * Number(text[i]);
    return "10X98765432"[sum % 11] === text[17];
  }
  function credit(text) {
    var letters = "0123456789ABCDEFGHJKLMNPQRTUWXY", weight = 1, sum = 0;
    for (var i = 0; i < 17; i++) { sum += letters.indexOf(text[i]) * weight; weight = weight * 3 % 31; }
    return letters[(31 - sum % 31) % 31] === text[17];
  }

  function show(field, shown, required) {
    field.hidden = shown === false;
    controls(field).forEach(function (control) {
      control.disabled = shown === false;
      if (control.type !== "checkbox") control.required = required === true;
    });
    var must = field.querySelector(".must");
    if (must) must.hidden = required === false;
  }

  function update() {
    answers = {};
    // A question's own condition names other questions; as many rounds as there are questions settle them all.
    var questions = fields.filter(function (field) { return field.dataset.question; });
    questions.forEach(function (field) {
      answers[field.dataset.question] = { value: read(field), asked: null };
    });
    questions.forEach(function () {
      questions.forEach(function (field) {
        var when = field.dataset.when;
        answers[field.dataset.question].asked = when ? holds(JSON.parse(when)) : true;
      });
    });
    fields.forEach(function (field) {
      var when = field.dataset.when, need = field.dataset.required;
      var shown = when ? holds(JSON.parse(when)) : true;
      var required = need === "always" ? shown : need === "never" ? false : holds(JSON.parse(need));
      show(field, shown, required);
    });
    Array.prototype.forEach.call(form.querySelectorAll("fieldset.panel"), function (group) {
      var inside = group.querySelectorAll(".field");
      group.hidden = inside.length > 0 && !group.querySelector(".field:not([hidden])");
    });
    Array.prototype.forEach.call(document.querySelectorAll("[data-kind=exit]"), function (exit) {
      exit.hidden = holds(JSON.parse(exit.dataset.when)) !== true;
    });
  }

  function check(field) {
    var list = controls(field), one = list[0], message = "";
    if (!one || field.hidden) return true;
    var value = read(field), kind = field.dataset.kind;
    if (typeof value === "string" && one.validity.valid) {
      if (kind === "citizen-id" && !citizen(value)) message = "校验位不对，请核对号码";
      if (kind === "credit-code" && !credit(value)) message = "校验位不对，请核对代码";
    }
    var must = field.querySelector(".must");
    if (kind === "choices" && !field.dataset.question && must && !must.hidden && value === undefined) {
      message = "请至少选一项";
    }
    one.setCustomValidity(message);
    var invalid = list.filter(function (control) { return !control.validity.valid; })[0];
    field.querySelector(".error").textContent = invalid ? invalid.validationMessage : "";
    return !invalid;
  }

  function download() {
    update();
    var wrong = fields.filter(function (field) { return !check(field); });
    var status = document.getElementById("status");
    var exit = document.querySelector("[data-kind=exit]:not([hidden])");
    if (exit) { exit.scrollIntoView(); status.textContent = "不适用，请看表头的说明"; return; }
    if (wrong.length) {
      status.textContent = "还有" + wrong.length + "处要填写或者核对";
      controls(wrong[0])[0].focus();
      return;
    }
    var result = { answers: {}, fields: {} };
    fields.forEach(function (field) {
      var value = read(field);
      if (field.hidden || value === undefined) return;
      result[field.dataset.question ? "answers" : "fields"][field.dataset.field] = value;
    });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(result, null, 2) + "\n"], { type: "application/json" }));
    link.download = form.dataset.document + ".json";
    link.click();
    URL.revokeObjectURL(link.href);
    status.textContent = "已生成" + link.download;
  }

  form.addEventListener("input", update);
  form.addEventListener("change", function (event) {
    update();
    var field = event.target.closest(".field");
    if (field) check(field);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); download(); });
  form.addEventListener("reset", function () { setTimeout(update, 0); });
  document.getElementById("print").addEventListener("click", function () { window.print(); });
  Array.prototype.forEach.call(document.querySelectorAll(".noscript"), function (tool) { tool.classList.remove("noscript"); });
  update();
})();
