import { useStore } from "zustand";
import { formatCount } from "../../domain/base/formats.ts";
import { shownNames, type Member } from "../../domain/room/presence.ts";
import { rosterStore } from "../../stores/server/rosterStore.ts";
import { clockTime } from "../results/messages/clockTime.ts";

/** Who is in the class, and how far. */
export function Roster() {
  const members = useStore(rosterStore, (roster) => roster.members);
  const names = shownNames(members);
  return (
    <section className="room-roster" aria-label="Roster">
      <h3 className="room-heading">{members.length === 1 ? "1 is here" : `${members.length} are here`}</h3>
      {members.length === 0 ? (
        <p className="room-words">Nobody has joined yet. Whoever does appears here within two seconds.</p>
      ) : (
        <div className="room-table">
          <table>
            <thead>
              <tr>
                <th scope="col">name</th>
                <th scope="col">since</th>
                <th scope="col">lesson</th>
                <th scope="col">requests</th>
                <th scope="col">replied</th>
                <th scope="col">failed</th>
                <th scope="col">answered for others</th>
              </tr>
            </thead>
            <tbody>
              {members.map((member) => (
                <Row key={member.id} member={member} name={names.get(member.id) ?? member.name} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ member, name }: { readonly member: Member; readonly name: string }) {
  const { since, lesson, started, replied, failed, served } = member;
  return (
    <tr>
      <th scope="row" translate="no">
        {name}
      </th>
      <td>{clockTime(since).slice(0, 5)}</td>
      <td>{lesson === null ? "–" : `${lesson.title}, ${lesson.done} of ${lesson.of}`}</td>
      <td>{formatCount(started)}</td>
      <td>{formatCount(replied)}</td>
      <td>{formatCount(failed)}</td>
      <td>{formatCount(served)}</td>
    </tr>
  );
}
