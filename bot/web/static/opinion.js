// 有用 or 没用 under an answer, and how the whole talk was.

async function tell(where, content) {
  const answer = await fetch(where, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });
  if (!answer.ok) throw new Error((await answer.json()).error);
}

function choose(chosen) {
  for (const button of chosen.parentNode.querySelectorAll("[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
}

export async function vote(button, said) {
  const message = Number(button.closest("[data-id]").dataset.id);
  try {
    await tell("/api/feedback", { message, useful: button.dataset.useful === "true" });
    choose(button);
    said("谢谢，记下了。");
  } catch (_) {
    said("没记上，请再点一次。");
  }
}

export function prepareRating(panel) {
  const state = panel.querySelector("[role=status]");
  panel.querySelector(".stars").addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    try {
      await tell("/api/rating", { stars: Number(button.value) });
      choose(button);
      state.textContent = "谢谢您，记下了。想改，再点一次就行。";
    } catch (problem) {
      state.textContent = problem.message || "没记上，请再点一次。";
    }
  });
}

export function openRating(panel) {
  panel.hidden = false;
  panel.scrollIntoView({ block: "nearest" });
}
