// The cards that are seen, and two rows at each side. Slots are known by their place, so that React writes into them.
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";

import { Card } from "./card.jsx";

const OVERSCAN_ROWS = 2;
const MAX_COLUMNS = 8;

/** @param {{ rowAt: (place: number) => object, total: number, needle: string, now: number }} props */
export function List({ rowAt, total, needle, now }) {
  const root = useRef(null);
  const probe = useRef(null);
  const [{ columns, rowPx, topPx }, setSize] = useState({ columns: 3, rowPx: 256, topPx: 0 });
  useLayoutEffect(() => {
    const { width, height } = probe.current.getBoundingClientRect();
    const fitting = Math.max(1, Math.min(MAX_COLUMNS, Math.floor(root.current.clientWidth / width)));
    setSize({ columns: fitting, rowPx: height, topPx: root.current.getBoundingClientRect().top + scrollY });
  }, []);
  const virtual = useWindowVirtualizer({
    count: Math.ceil(total / columns),
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    scrollMargin: topPx,
    initialRect: { width: innerWidth, height: innerHeight },
  });
  useLayoutEffect(() => virtual.measure(), [virtual, rowPx]);
  return (
    <div ref={root} className={`list list--cards list--c${columns}`} data-testid="list" data-total={total}>
      <span ref={probe} className="list__probe" aria-hidden="true" />
      <div className="rows" style={{ height: virtual.getTotalSize(), position: "relative" }}>
        {virtual.getVirtualItems().map(({ index, start }, slot) => (
          <ul key={slot} role="list" className="chunk" style={{ position: "absolute", insetInline: 0, transform: `translateY(${start - topPx}px)` }}>
            {Array.from({ length: Math.min(columns, total - index * columns) }, (_, column) => {
              const place = index * columns + column;
              return (
                <li key={column} className="chunk__item">
                  <Card row={rowAt(place)} place={place} total={total} needle={needle} now={now} />
                </li>
              );
            })}
          </ul>
        ))}
      </div>
    </div>
  );
}
