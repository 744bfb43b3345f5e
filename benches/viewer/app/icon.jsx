// Drawings of one path each.
const PATHS = { check: "M3 8l3 3 7-7", copy: "M5 5h8v8H5zM3 11V3h8", forth: "M6 3l5 5-5 5", not: "M3 8h10" };

export function Icon({ name }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
