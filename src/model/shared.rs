//! Numbers that host and shaders share. `shared!` declares them once, as Rust, and lists them in `SHARED`.
//! `tests/engines/layouts.rs` makes WGSL of that list: `scripts/layouts.sh` has it written to the `layout.wgsl` files, which
//! are held to it.

use glam::{Mat4, UVec2, UVec3, Vec2, Vec3, Vec4};

/// A type of fields that stand alike in host and shaders.
pub trait Wgsl {
    /// Alignment in a shader's struct, bytes.
    const ALIGN: usize;
    /// Name in WGSL.
    fn name() -> String;
}

macro_rules! wgsl {
    ($($type:ty: $name:literal, $align:literal;)*) => {
        $(impl Wgsl for $type {
            const ALIGN: usize = $align;
            fn name() -> String {
                $name.to_owned()
            }
        })*
    };
}

wgsl! {
    f32: "f32", 4;
    i32: "i32", 4;
    u32: "u32", 4;
    UVec2: "vec2<u32>", 8;
    Vec2: "vec2<f32>", 8;
    Vec3: "vec3<f32>", 16;
    Vec4: "vec4<f32>", 16;
    UVec3: "vec3<u32>", 16;
    Mat4: "mat4x4<f32>", 16;
}

impl<T: Wgsl, const N: usize> Wgsl for [T; N] {
    const ALIGN: usize = {
        assert!(
            size_of::<T>().is_multiple_of(T::ALIGN),
            "WGSL leaves gaps in such an array"
        );
        T::ALIGN
    };
    fn name() -> String {
        format!("array<{}, {N}>", T::name())
    }
}

/// A field of a shared struct.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Message where it stands elsewhere than in WGSL.
    pub misplaced: &'static str,
    /// Its type in WGSL.
    pub wgsl: fn() -> String,
    /// Its place on the host, bytes from the struct's start.
    pub offset: usize,
    /// Its description, line by line.
    pub docs: &'static [&'static str],
}

/// A shared constant.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    /// Its name on the host.
    pub name: &'static str,
    /// Its type, `u32` or `f32`, which WGSL has too.
    pub ty: &'static str,
    /// Its value as both languages write it.
    pub value: fn() -> String,
    /// Its description, line by line.
    pub docs: &'static [&'static str],
}

/// A declaration of `shared!`.
#[derive(Clone, Copy, Debug)]
pub enum Declaration {
    /// A struct.
    Struct {
        /// Its name.
        name: &'static str,
        /// Its fields, without padding at the end: WGSL has that by itself.
        fields: &'static [Member],
        /// Bytes on the host, padding included.
        size: usize,
        /// Its description, line by line.
        docs: &'static [&'static str],
    },
    /// A constant, a module of them, or an enum.
    Constants {
        /// The module or enum; empty for a constant by itself.
        module: &'static str,
        /// The constants.
        constants: &'static [Constant],
        /// The module's description, line by line.
        docs: &'static [&'static str],
    },
}

/// Size and alignment of a field in WGSL, bytes.
pub type SizeAndAlign = (usize, usize);

/// Words that pad a struct of these fields at its end to the size that it has in WGSL.
pub const fn padding(fields: &[SizeAndAlign]) -> usize {
    let (mut end, mut i) = (0usize, 0);
    while i < fields.len() {
        let (size, align) = fields[i];
        end = end.next_multiple_of(align) + size;
        i += 1;
    }
    (end.next_multiple_of(widest(fields)) - end) / 4
}

/// The alignment of a struct of these fields in WGSL, bytes.
pub const fn widest(fields: &[SizeAndAlign]) -> usize {
    let (mut widest, mut i) = (4, 0);
    while i < fields.len() {
        let (_, align) = fields[i];
        widest = if align > widest { align } else { widest };
        i += 1;
    }
    widest
}

/// Stops the build, and names the field, where one stands elsewhere than WGSL puts it, and where the struct ends
/// elsewhere: it then needs `..pad`.
pub const fn check(fields: &[Member], extents: &[SizeAndAlign], size: usize) {
    let (mut end, mut i) = (0usize, 0);
    while i < fields.len() {
        let (taken, align) = extents[i];
        if end.next_multiple_of(align) != fields[i].offset {
            panic!("{}", fields[i].misplaced);
        }
        end = fields[i].offset + taken;
        i += 1;
    }
    assert!(
        end.next_multiple_of(widest(extents)) == size,
        "padding is missing at the end: ..pad"
    );
}

/// Declares what host and shaders share, and lists it in a constant `SHARED`, once a file:
///
/// ```text
/// shared! {
///     /// A struct. Fields stand where WGSL puts them, or the build fails.
///     pub struct Name {
///         /// A field.
///         field: f32,
///         /// A field whose type is another in WGSL.
///         counter: u32 as "atomic<u32>",
///         ..pad // fills the struct up to its size in WGSL, where that is larger
///     }
///     /// A constant.
///     pub const LIMIT: u32 = 8;
///     /// Constants that the shaders know as KIND_FIRST and so on.
///     pub mod kind {
///         /// One of them.
///         FIRST = 0,
///     }
///     /// The same, as a type of the host.
///     pub enum Kind {
///         /// One of them.
///         First = 0,
///     }
/// }
/// ```
macro_rules! shared {
    (@type $type:ty) => { <$type as $crate::model::shared::Wgsl>::name };
    (@type $type:ty, $wgsl:literal) => { || String::from($wgsl) };
    (@list [$($listed:tt)*]) => {
        /// Declarations that the shaders have from here.
        pub const SHARED: &[$crate::model::shared::Declaration] = &[$($listed)*];
    };
    (@list [$($listed:tt)*]
        $(#[doc = $doc:literal])* $(#[derive($($derive:ident),*)])?
        pub struct $name:ident {
            $($(#[doc = $field_doc:literal])* $field:ident: $type:ty $(as $wgsl:literal)?,)*
            $(..$pad:ident)?
        }
        $($rest:tt)*
    ) => {
        $(#[doc = $doc])*
        #[repr(C)]
        #[derive(Clone, Copy, Debug, PartialEq, $($($derive,)*)? bytemuck::Pod, bytemuck::Zeroable)]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $type,)*
            $(
                /// Padding to the size in WGSL.
                pub $pad: [u32; $crate::model::shared::padding($name::EXTENTS)],
            )?
        }

        impl $name {
            const EXTENTS: &[$crate::model::shared::SizeAndAlign] =
                &[$((size_of::<$type>(), <$type as $crate::model::shared::Wgsl>::ALIGN)),*];
            const FIELDS: &[$crate::model::shared::Member] = &[$($crate::model::shared::Member {
                name: stringify!($field),
                misplaced: concat!(stringify!($name), ".", stringify!($field), " stands further on in WGSL: move it"),
                wgsl: $crate::model::shared::shared!(@type $type $(, $wgsl)?),
                offset: std::mem::offset_of!($name, $field),
                docs: &[$($field_doc),*],
            }),*];
        }

        impl $crate::model::shared::Wgsl for $name {
            const ALIGN: usize = $crate::model::shared::widest(Self::EXTENTS);
            fn name() -> String {
                stringify!($name).to_owned()
            }
        }

        const _: () = $crate::model::shared::check($name::FIELDS, $name::EXTENTS, size_of::<$name>());

        $crate::model::shared::shared! { @list [$($listed)* $crate::model::shared::Declaration::Struct {
            name: stringify!($name),
            fields: $name::FIELDS,
            size: size_of::<$name>(),
            docs: &[$($doc),*],
        },] $($rest)* }
    };
    (@list [$($listed:tt)*]
        $(#[doc = $doc:literal])* pub const $name:ident: $type:ty = $value:expr;
        $($rest:tt)*
    ) => {
        $(#[doc = $doc])*
        pub const $name: $type = $value;

        $crate::model::shared::shared! { @list [$($listed)* $crate::model::shared::Declaration::Constants {
            module: "",
            constants: &[$crate::model::shared::Constant {
                name: stringify!($name),
                ty: stringify!($type),
                value: || format!("{:?}", $name),
                docs: &[$($doc),*],
            }],
            docs: &[],
        },] $($rest)* }
    };
    (@list [$($listed:tt)*]
        $(#[doc = $doc:literal])*
        pub mod $module:ident {
            $($(#[doc = $constant_doc:literal])* $name:ident = $value:literal,)*
        }
        $($rest:tt)*
    ) => {
        $(#[doc = $doc])*
        pub mod $module {
            $($(#[doc = $constant_doc])* pub const $name: u32 = $value;)*
        }

        $crate::model::shared::shared! { @list [$($listed)* $crate::model::shared::Declaration::Constants {
            module: stringify!($module),
            constants: &[$($crate::model::shared::Constant {
                name: stringify!($name),
                ty: "u32",
                value: || format!("{:?}", $module::$name),
                docs: &[$($constant_doc),*],
            }),*],
            docs: &[$($doc),*],
        },] $($rest)* }
    };
    (@list [$($listed:tt)*]
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($(#[doc = $variant_doc:literal])* $variant:ident = $value:literal,)*
        }
        $($rest:tt)*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant = $value,)*
        }

        $crate::model::shared::shared! { @list [$($listed)* $crate::model::shared::Declaration::Constants {
            module: stringify!($name),
            constants: &[$($crate::model::shared::Constant {
                name: stringify!($variant),
                ty: "u32",
                value: || format!("{:?}", $name::$variant as u32),
                docs: &[$($variant_doc),*],
            }),*],
            docs: &[$($doc),*],
        },] $($rest)* }
    };
    (@$($unknown:tt)*) => { compile_error!("neither a struct nor a constant nor a module of constants"); };
    ($($declarations:tt)*) => { $crate::model::shared::shared! { @list [] $($declarations)* } };
}

pub(crate) use shared;
