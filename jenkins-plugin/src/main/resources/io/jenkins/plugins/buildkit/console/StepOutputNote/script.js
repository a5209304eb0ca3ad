/*
 * Folds what steps of an image build wrote: every run of lines behind the gutter, below the line before it. A mark in the
 * log says where the log of such a build is: in a pipeline, all spans of the mark's own pipeline step, in other jobs the
 * whole log. Other branches write between these spans, and the log grows by pieces that end with a line.
 */
(function () {
  const GUTTER = "    | ";
  const LOG = "pre.console-output, pre#out, pre";
  let folds = 0;

  /* The parts of a log that are read as one: an element's class that only a pipeline step has, or all of it. */
  function selector(mark, log) {
    const step = mark.closest('span[class*="pipeline-node-"]');
    const name = step && Array.from(step.classList).find((c) => c.startsWith("pipeline-node-"));
    return name && log.contains(step) ? "span." + name : "";
  }

  function parts(log, scope) {
    if (scope !== "") {
      return Array.from(log.querySelectorAll(scope + ":not([data-buildkit-folded])"));
    }
    const pieces = Array.from(log.children).filter((child) => child.tagName === "DIV");
    return pieces.length > 0 ? pieces : [log];
  }

  /* A time that another plugin put before the line, and what it hides of it. */
  function isTime(node) {
    return node.nodeType === Node.ELEMENT_NODE && node.matches('.timestamp, [style*="none"]');
  }

  function isOutput(node) {
    let text = "";
    let timed = false;
    for (let n = node; n && text.length <= GUTTER.length; n = n.nextSibling) {
      timed = timed || isTime(n);
      text += isTime(n) ? "" : n.textContent.slice(0, GUTTER.length + 1);
    }
    return text.startsWith(GUTTER) || (timed && text.startsWith(" " + GUTTER));
  }

  /* Where, in a text that begins within lines of one kind, the first line of the other kind begins. */
  function end(text, output, next) {
    for (let at = text.indexOf("\n"); at >= 0 && at + 1 < text.length; at = text.indexOf("\n", at + 1)) {
      let line = text.slice(at + 1, at + 1 + GUTTER.length);
      if (line.length < GUTTER.length && next) {
        line += next.textContent.slice(0, GUTTER.length);
      }
      if (line.startsWith(GUTTER) !== output) {
        return at + 1;
      }
    }
    return text.length;
  }

  function lines(text) {
    return text.split("\n").length - 1;
  }

  function button(id) {
    const fold = document.createElement("button");
    fold.type = "button";
    fold.className = "buildkit-fold";
    fold.dataset.fold = id;
    fold.title = "Fold or unfold what this step wrote; with Alt, all steps";
    fold.setAttribute("aria-expanded", "true");
    return fold;
  }

  /* At the end of the line before, which may be in an earlier part; on a line of its own where there is none. */
  function heading(before, first, id) {
    const fold = button(id);
    if (before && before.nodeType === Node.TEXT_NODE && before.data.endsWith("\n")) {
      before.splitText(before.data.length - 1);
      before.after(fold);
    } else {
      first.before(fold, "\n");
    }
    return fold;
  }

  /* What one part of a log has; state is what the last part of the same step ended with. */
  function foldIn(part, state) {
    let start = true;
    let output = false;
    let wrapper = null;
    function place(node) {
      if (!output) {
        wrapper = null;
        state.fold = null;
        state.before = node;
        return;
      }
      if (!wrapper) {
        wrapper = document.createElement("span");
        wrapper.className = "buildkit-lines";
        if (!state.fold) {
          folds += 1;
          state.fold = heading(state.before, node, "b" + folds);
          state.lines = 0;
        }
        wrapper.dataset.fold = state.fold.dataset.fold;
        wrapper.hidden = state.fold.getAttribute("aria-expanded") === "false";
        node.before(wrapper);
      }
      state.lines += lines(node.textContent);
      wrapper.append(node);
      state.fold.textContent = state.lines + (state.lines === 1 ? " line" : " lines");
    }
    for (const child of Array.from(part.childNodes)) {
      for (let node = child; node; ) {
        if (start) {
          output = isOutput(node);
        }
        let rest = null;
        if (node.nodeType === Node.TEXT_NODE) {
          const cut = end(node.data, output, node.nextSibling);
          rest = cut < node.data.length ? node.splitText(cut) : null;
        }
        start = node.textContent === "" ? start : node.textContent.endsWith("\n");
        place(node);
        node = rest;
      }
    }
  }

  function foldAll(log) {
    for (const [scope, state] of log.buildkitSteps) {
      for (const part of parts(log, scope)) {
        if (!part.hasAttribute("data-buildkit-folded") && part.hasChildNodes()) {
          part.dataset.buildkitFolded = "true";
          foldIn(part, state);
        }
      }
    }
  }

  function turn(fold, open) {
    fold.setAttribute("aria-expanded", String(open));
    const log = fold.closest(LOG);
    for (const part of log.querySelectorAll('.buildkit-lines[data-fold="' + fold.dataset.fold + '"]')) {
      part.hidden = !open;
    }
  }

  Behaviour.specify("span.buildkit-output", "buildkit-step-output", 0, function (mark) {
    const log = mark.closest(LOG);
    if (!log) {
      return;
    }
    log.buildkitSteps = log.buildkitSteps || new Map();
    const scope = selector(mark, log);
    if (!log.buildkitSteps.has(scope)) {
      log.buildkitSteps.set(scope, { before: null, fold: null, lines: 0 });
      if (scope === "") {
        /* a piece is put there first and filled then */
        new MutationObserver(() => setTimeout(() => foldAll(log), 0)).observe(log, { childList: true });
      }
    }
    foldAll(log);
  });

  /* More of a step that has a mark already. */
  Behaviour.specify('span[class*="pipeline-node-"]', "buildkit-step-log", 1, function (part) {
    const log = part.closest(LOG);
    const known = log && log.buildkitSteps && log.buildkitSteps.has(selector(part, log));
    if (known && !part.hasAttribute("data-buildkit-folded")) {
      foldAll(log);
    }
  });

  document.addEventListener("click", function (event) {
    const fold = event.target.closest ? event.target.closest("button.buildkit-fold") : null;
    if (!fold) {
      return;
    }
    event.preventDefault();
    const open = fold.getAttribute("aria-expanded") === "false";
    const all = event.altKey ? fold.closest(LOG).querySelectorAll("button.buildkit-fold") : [fold];
    for (const one of all) {
      turn(one, open);
    }
  });
})();
