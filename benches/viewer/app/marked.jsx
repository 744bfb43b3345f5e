// A text in which the word that is looked for is marked, whatever its case and accents.
import { fold } from "../../peers/fold.js";

export function Marked({ text, needle, className, slot }) {
  const plain = <bdi className={className} data-slot={slot}>{text}</bdi>;
  if (needle === "") return plain;
  const folded = fold(text);
  // Where folding changes lengths the places are not those of the text; ours finds them, here nothing is marked.
  if (folded.length !== text.length || !folded.includes(needle)) return plain;
  const parts = [];
  let end = 0;
  for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, end)) {
    parts.push(text.slice(end, at), <mark key={at}>{text.slice(at, at + needle.length)}</mark>);
    end = at + needle.length;
  }
  return <bdi className={className} data-slot={slot}>{parts}{text.slice(end)}</bdi>;
}
