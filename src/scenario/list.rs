//! Constant lists that take in other lists.

/// `list![a, ..LIST, b]`: a constant slice of items, in which `..LIST` stands for all those of a constant slice.
macro_rules! list {
    (@ [$($part:expr,)*]) => {
        const { &$crate::scenario::list::joined::<_, { 0 $(+ $part.len())* }>(&[$($part),*]) }
    };
    (@ [$($part:expr,)*] ..$list:expr $(, $($rest:tt)*)?) => { $crate::scenario::list::list!(@ [$($part,)* $list,] $($($rest)*)?) };
    (@ [$($part:expr,)*] $item:expr $(, $($rest:tt)*)?) => { $crate::scenario::list::list!(@ [$($part,)* &[$item],] $($($rest)*)?) };
    ($($rest:tt)*) => { $crate::scenario::list::list!(@ [] $($rest)*) };
}
pub(crate) use list;

/// The items of `parts`, one list behind the other; the first list holds at least one.
pub const fn joined<T: Copy, const N: usize>(parts: &[&[T]]) -> [T; N] {
    let mut all = [parts[0][0]; N];
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut index = 0;
        while index < parts[part].len() {
            all[at] = parts[part][index];
            (at, index) = (at + 1, index + 1);
        }
        part += 1;
    }
    all
}
