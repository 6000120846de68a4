package io.github.matrixsync.visibility;

/**
 * One cell of the written tables: all that decides whether one viewer sees one event. Columns that a table does not
 * have are empty. Immutable.
 *
 * @param table the title of the table
 * @param before the visibility before the event, or the membership before it if it is the viewer's own
 * @param visibility at the event
 * @param membership of the viewer at the event
 * @param later {@code N} or {@code K}
 * @param erased whether its sender asked for erasure
 */
// More than five parameters: one for each axis of the tables.
record Cell(
    String table,
    String before,
    String visibility,
    String membership,
    String later,
    boolean erased) {
  @Override
  public String toString() {
    StringBuilder name = new StringBuilder(table).append(": ");
    if (!before.isEmpty()) {
      name.append(before).append(" -> ");
    }
    for (String part : new String[] {visibility, membership, later}) {
      if (!part.isEmpty()) {
        name.append(part).append(' ');
      }
    }
    return name.append(erased ? "erased" : "").toString().strip();
  }
}
