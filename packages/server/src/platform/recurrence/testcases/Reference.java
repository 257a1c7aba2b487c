import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.fortuna.ical4j.model.Recur;

/** Follows the rules of cases.jsonl with ical4j: one case a line on the standard input, one JSON list a line out. */
public class Reference {
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) System.out.println(follow(line.split("\t", -1)));
    }

    static String follow(String[] f) {
        ZoneId zone = ZoneId.of(f[0]);
        LocalDateTime start = LocalDateTime.parse(f[1]);
        Duration lasts = Duration.between(start, LocalDateTime.parse(f[2]));
        String until = null;
        List<String> parts = new ArrayList<>();
        for (String part : f[3].split(";")) {
            if (part.startsWith("UNTIL=")) until = part.substring(6);
            else parts.add(part);
        }
        Set<String> exceptions = Set.of(f[4].split(","));
        LocalDateTime from = LocalDateTime.parse(f[5]);
        int limit = Integer.parseInt(f[6]);
        Recur<LocalDateTime> recur = new Recur<>(String.join(";", parts));
        List<String> found = new ArrayList<>();
        LocalDateTime end = (from.isAfter(start) ? from : start).plusYears(50);
        for (LocalDateTime wall : recur.getDates(start, start, end)) {
            Instant at = instant(wall, zone);
            if (until != null && isAfter(wall, at, until)) break;
            if (exceptions.contains(wall.toLocalDate().toString())) continue;
            if (exceptions.contains(at.toString().replace("Z", ".000Z")) || wall.isBefore(from)) continue;
            Instant ends = instant(wall.plus(lasts), zone);
            if (ends.isAfter(at.plus(lasts))) ends = at.plus(lasts);
            if (ends.isBefore(at)) ends = at;
            found.add("[\"" + at.truncatedTo(ChronoUnit.SECONDS) + "\", \"" + ends.truncatedTo(ChronoUnit.SECONDS) + "\"]");
            if (found.size() == limit) break;
        }
        return found.toString();
    }

    static Instant instant(LocalDateTime wall, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(wall);
        if (change == null) return wall.atZone(zone).toInstant();
        return change.isGap() ? change.getInstant() : wall.toInstant(change.getOffsetBefore());
    }

    static boolean isAfter(LocalDateTime wall, Instant at, String until) {
        String date = until.substring(0, 4) + "-" + until.substring(4, 6) + "-" + until.substring(6, 8);
        if (until.length() == 8) return wall.toLocalDate().isAfter(LocalDate.parse(date));
        String time = date + "T" + until.substring(9, 11) + ":" + until.substring(11, 13) + ":" + until.substring(13, 15);
        if (until.endsWith("Z")) return at.isAfter(Instant.parse(time + "Z"));
        return wall.isAfter(LocalDateTime.parse(time));
    }
}
