//! Where straight pieces cross, seen from above.

use glam::DVec2;

/// Whether a piece of axon and a line, each from end to end, cross or touch. A piece of no length crosses nothing, nor does one that
/// runs along the line.
pub fn crosses(piece: (DVec2, DVec2), line: (DVec2, DVec2)) -> bool {
    let side = |of: (DVec2, DVec2), point: DVec2| (of.1 - of.0).perp_dot(point - of.0);
    let (from, to) = (side(line, piece.0), side(line, piece.1));
    if from * to > 0.0 || (from == 0.0 && to == 0.0) || piece.0 == piece.1 {
        return false;
    }
    side(piece, line.0) * side(piece, line.1) <= 0.0
}
