// Puts the chat on another site: <script src="https://…/embed.js" async></script>. See docs/embed.md.
// Optional on the tag: data-label (the launcher's words), data-side="left".

(function () {
  "use strict";

  var tag = document.currentScript;
  var origin = new URL(tag.src).origin;
  var label = tag.getAttribute("data-label") || "春风行动咨询";
  var side = tag.getAttribute("data-side") === "left" ? "left" : "right";
  var ABOVE_ALL = "2147483000";
  var frame = null;

  function style(element, values) {
    for (var name in values) element.style.setProperty(name, values[name]);
  }

  var launcher = document.createElement("button");
  launcher.type = "button";
  launcher.textContent = label;
  launcher.setAttribute("aria-expanded", "false");
  style(launcher, {
    position: "fixed", bottom: "20px", "z-index": ABOVE_ALL, "min-height": "48px", padding: "0 20px", border: "2px solid #fff",
    "border-radius": "24px", background: "#07753c", color: "#fff", font: "600 17px/1.4 system-ui, sans-serif", cursor: "pointer",
    "box-shadow": "0 4px 16px rgba(0,0,0,.3)",
  });
  launcher.style.setProperty(side, "20px");

  function fill() {
    var narrow = window.innerWidth < 640;
    style(frame, {
      position: "fixed", "z-index": ABOVE_ALL, border: "0", background: "#ededed", top: narrow ? "0" : "auto",
      bottom: narrow ? "0" : "80px", left: narrow ? "0" : "auto", right: narrow ? "0" : "auto",
      width: narrow ? "100%" : "400px", height: narrow ? "100%" : "min(660px, calc(100% - 100px))",
      "border-radius": narrow ? "0" : "12px", "box-shadow": "0 8px 40px rgba(0,0,0,.3)",
    });
    if (!narrow) frame.style.setProperty(side, "20px");
  }

  function show(open) {
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.src = origin + "/";
      frame.title = label;
      document.body.appendChild(frame);
    }
    if (!frame) return;
    fill();
    frame.style.setProperty("display", open ? "block" : "none");
    launcher.setAttribute("aria-expanded", String(open));
    (open ? frame : launcher).focus();
  }

  launcher.addEventListener("click", function () {
    show(launcher.getAttribute("aria-expanded") !== "true");
  });
  window.addEventListener("message", function (event) {
    if (event.origin === origin && frame && event.source === frame.contentWindow && event.data === "chunfeng:fold") show(false);
  });
  window.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && launcher.getAttribute("aria-expanded") === "true") show(false);
  });
  window.addEventListener("resize", function () {
    if (frame) fill();
  });

  if (document.body) document.body.appendChild(launcher);
  else document.addEventListener("DOMContentLoaded", function () { document.body.appendChild(launcher); });
})();
