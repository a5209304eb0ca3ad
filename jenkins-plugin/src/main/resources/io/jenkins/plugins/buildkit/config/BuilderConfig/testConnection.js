(function () {
  "use strict";

  /** The fields of a builder or a node, without those of the nodes within it. */
  function fieldsOf(chunk) {
    const fields = {};
    chunk.querySelectorAll("input, select, textarea").forEach((control) => {
      const mine = control.closest(".repeated-chunk") === chunk;
      if (mine && control.name && control.name.startsWith("_.")) {
        fields[control.name.substring(2)] =
          control.type === "checkbox" ? control.checked : control.value;
      }
    });
    return fields;
  }

  function builderOf(chunk) {
    const builder = fieldsOf(chunk);
    builder.nodes = Array.from(chunk.querySelectorAll(".repeated-chunk")).map(fieldsOf);
    return builder;
  }

  function answerTo(button) {
    const chunk = button.closest(".repeated-chunk");
    return fetch(button.dataset.url, {
      method: "post",
      headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
      body: new URLSearchParams({
        builder: JSON.stringify(builderOf(chunk)),
        testOn: chunk.querySelector(".buildkit-test-on").value,
      }),
    }).then((response) => {
      if (!response.ok) {
        throw new Error("Jenkins answered with status " + response.status);
      }
      return response.text();
    });
  }

  /** A text as it is, where Jenkins did not render one. */
  function failure(text) {
    const error = document.createElement("div");
    error.className = "error";
    error.textContent = text;
    return error.outerHTML;
  }

  function test(button) {
    const area = button.closest(".buildkit-test");
    const progress = area.querySelector(".buildkit-test-progress");
    button.disabled = true;
    progress.classList.remove("jenkins-hidden");
    answerTo(button)
      .catch((e) => failure(e.message))
      .then((answer) => {
        updateValidationArea(area.querySelector(".validation-error-area"), answer);
        progress.classList.add("jenkins-hidden");
        button.disabled = false;
      });
  }

  Behaviour.specify(".buildkit-test-connection", "buildkit-test-connection", 0, (button) => {
    button.addEventListener("click", () => test(button));
  });
})();
