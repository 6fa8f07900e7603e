//! The elastic gel against closed forms: a manufactured solution in the plane and in space (second order in the edge of an
//! element), the patch test, rigid motion, superposition, free and held rims; each with a change that must break it.

use glam::{DMat3, DVec3};
use outgrowth::model::actuation::displacement_gradient;
use outgrowth::model::gel::Elasticity;
use outgrowth::model::gel::equilibrium::{Gel, load_of};
use outgrowth::model::strain::{green_strain, principal_strain};
use outgrowth::validation::manufactured::{Errors, Manufactured, at_nodes, block, relative_distance, rim};

const SOFT: Elasticity = Elasticity {
    young: 0.5,
    poisson: 0.45,
};

/// Halves the edge from row to row; every error must fall fourfold.
fn converges(rows: &[[usize; 3]]) {
    let exact = Manufactured::new(rows[0][2] == 0, SOFT);
    let errors = |elements, elasticity| exact.errors(elements, elasticity).expect("it comes to rest");
    let table: Vec<Errors> = rows.iter().map(|&elements| errors(elements, SOFT)).collect();
    for (elements, errors) in rows.iter().zip(&table) {
        println!("{elements:?}: {errors:?}");
    }
    for pair in table.windows(2) {
        let orders = [
            (pair[0].movement / pair[1].movement).log2(),
            (pair[0].gradient / pair[1].gradient).log2(),
        ];
        println!("orders {orders:.3?}");
        assert!(orders.iter().all(|order| (1.8..2.3).contains(order)), "{orders:?}");
    }
    // In a gel that is one per cent stiffer than the load is for the error stays where it is.
    let stiffer = Elasticity {
        young: 1.01 * SOFT.young,
        ..SOFT
    };
    let (finest, last) = (rows[rows.len() - 1], table[table.len() - 1]);
    let off = errors(finest, stiffer).movement;
    assert!(off > 1.5 * last.movement, "{off:e}");
}

#[test]
fn movement_and_strain_converge_at_second_order_in_the_plane() {
    converges(&[[10, 6, 0], [20, 12, 0], [40, 24, 0], [80, 48, 0], [160, 96, 0]]);
}

#[test]
fn movement_and_strain_converge_at_second_order_in_space() {
    converges(&[[10, 6, 4], [20, 12, 8], [40, 24, 16]]);
}

#[test]
fn an_affine_rim_gives_the_affine_gradient_everywhere() {
    // Uniform strain as the uniform modes have it, put on by grips all around: the patch test.
    use outgrowth::model::parameters::Actuation;
    use outgrowth::model::plate::StrainMode;
    let actuation = Actuation {
        axis_rad: 0.4,
        ..Actuation::default()
    };
    for elements in [[16, 12, 0], [8, 6, 4]] {
        for mode in [StrainMode::Uniaxial, StrainMode::Equibiaxial, StrainMode::Shear] {
            let lattice = block(elements);
            let mut gradient = displacement_gradient(&mode, &actuation);
            if elements[2] == 0 {
                gradient.z_axis.z = 0.0;
            }
            let affine = at_nodes(&lattice, |place| gradient * place);
            let gel = Gel::new(lattice.clone(), SOFT, &[], &rim(&lattice));
            let rest = vec![DVec3::ZERO; lattice.node_count()];
            let found = gel.solve(&rest, &affine).expect("it comes to rest");
            let expected = principal_strain(green_strain(gradient));
            for element in 0..lattice.element_count() {
                let own = lattice.gradient(&found, element);
                let off = (own - gradient)
                    .to_cols_array()
                    .map(f64::abs)
                    .into_iter()
                    .fold(0.0, f64::max);
                assert!(off < 1e-9, "{mode:?} {elements:?} element {element}: {off:e}");
                let strain = principal_strain(green_strain(own));
                assert!((strain.major - expected.major).abs() < 1e-9 && (strain.minor - expected.minor).abs() < 1e-9);
            }
            // A force in the middle breaks it.
            let mut pulled = rest.clone();
            pulled[lattice.node_count() / 2] = DVec3::X;
            let found = gel.solve(&pulled, &affine).expect("it comes to rest");
            assert!(relative_distance(&found, &affine) > 1e-6);
        }
    }
}

#[test]
fn a_rigid_rim_motion_gives_no_strain_and_no_force() {
    for elements in [[16, 12, 0], [8, 6, 4]] {
        let lattice = block(elements);
        let turn = DMat3::from_rotation_z(0.3) - DMat3::IDENTITY;
        let small = DMat3::from_cols(DVec3::new(0.0, 1e-3, 0.0), DVec3::new(-1e-3, 0.0, 0.0), DVec3::ZERO);
        let gel = Gel::new(lattice.clone(), SOFT, &[], &rim(&lattice));
        let rest = vec![DVec3::ZERO; lattice.node_count()];
        let largest = |gradient: DMat3| {
            let rim_motion = at_nodes(&lattice, |place| DVec3::new(7.0, -3.0, 0.0) + gradient * place);
            let found = gel.solve(&rest, &rim_motion).expect("it comes to rest");
            (0..lattice.element_count())
                .map(|element| {
                    principal_strain(green_strain(lattice.gradient(&found, element)))
                        .major
                        .abs()
                })
                .fold(0.0, f64::max)
        };
        // Green strain does not see a turn however large, a stretch it does.
        assert!(largest(turn) < 1e-7 && largest(small) < 1e-6);
        assert!(largest(DMat3::from_diagonal(DVec3::new(1e-3, 0.0, 0.0))) > 5e-4);
    }
}

#[test]
fn loads_add_up_and_softness_scales() {
    let lattice = block([24, 16, 0]);
    let held = rim(&lattice);
    let gel = Gel::new(lattice.clone(), SOFT, &[], &held);
    let left = load_of(&lattice, |place| if place.x < 300.0 { DVec3::X } else { DVec3::ZERO });
    let right = load_of(&lattice, |place| if place.x > 700.0 { DVec3::Y } else { DVec3::ZERO });
    let both: Vec<DVec3> = left.iter().zip(&right).map(|(l, r)| *l * 2.0 - *r * 3.0).collect();
    let [a, b, sum] = [&left, &right, &both].map(|load| gel.solve(load, &[]).expect("it comes to rest"));
    let added: Vec<DVec3> = a.iter().zip(&b).map(|(a, b)| *a * 2.0 - *b * 3.0).collect();
    assert!(relative_distance(&sum, &added) < 1e-7);
    let wrong: Vec<DVec3> = a.iter().zip(&b).map(|(a, b)| *a * 2.0 - *b * 3.03).collect();
    assert!(relative_distance(&sum, &wrong) > 1e-4);
    let stiff = Elasticity {
        young: 2.0 * SOFT.young,
        ..SOFT
    };
    let stiff = Gel::new(lattice.clone(), stiff, &[], &held)
        .solve(&left, &[])
        .expect("it comes to rest");
    let half: Vec<DVec3> = a.iter().map(|v| *v * 0.5).collect();
    assert!(relative_distance(&stiff, &half) < 1e-7);
}

#[test]
fn a_free_gel_neither_drifts_nor_turns_and_a_pull_on_both_ends_stretches_it_as_hooke_says() {
    for elements in [[24, 16, 0], [16, 8, 8]] {
        let lattice = block(elements);
        let gel = Gel::new(lattice.clone(), SOFT, &[], &[]);
        // A force density that grows from the middle to both ends has no resultant: σ' = −f, so σ = s (L²/4 − (x − L/2)²)/2.
        let slope = 1e-6;
        let load = load_of(&lattice, |place| DVec3::X * (slope * (place.x - 500.0)));
        let found = gel.solve(&load, &[]).expect("it comes to rest");
        let middle_um =
            lattice.origin_um + 0.5 * lattice.edge_um * DVec3::from_array(elements.map(|count| count as f64));
        let volume = lattice.element_volume() * lattice.element_count() as f64;
        let mean = (load_of(&lattice, |_| DVec3::ONE).iter().zip(&found))
            .map(|(share, moved)| *share * *moved)
            .sum::<DVec3>()
            / volume;
        assert!(mean.length() < 1e-9, "{mean}");
        assert!(lattice.at_node_values(&found, middle_um).length() < 1e-6);
        // Saint-Venant: halfway, far from the ends, the mean stress over the section is as Hooke says.
        let middle = elements[0] / 2 - 1;
        let strains: Vec<f64> = (0..lattice.element_count())
            .filter(|element| element % elements[0] == middle || element % elements[0] == middle + 1)
            .map(|element| lattice.gradient(&found, element).x_axis.x)
            .collect();
        let strain = strains.iter().sum::<f64>() / strains.len() as f64;
        let expected = slope * 500.0 * 500.0 / 2.0 / SOFT.young;
        assert!(
            (strain / expected - 1.0).abs() < 0.02,
            "{elements:?}: {strain} instead of {expected}"
        );
        // A resultant is borne evenly by the whole gel: a uniform pull moves nothing.
        let even = load_of(&lattice, |_| DVec3::X * 1e-3);
        let still = gel.solve(&even, &[]).expect("it comes to rest");
        assert!(still.iter().all(|moved| moved.length() < 1e-6));
    }
}

#[test]
fn the_threads_change_nothing() {
    let lattice = block([160, 96, 0]);
    let held = rim(&lattice);
    let solve = || {
        let gel = Gel::new(lattice.clone(), SOFT, &[], &held);
        let load = load_of(&lattice, |place| if place.x < 300.0 { DVec3::X } else { DVec3::ZERO });
        gel.solve(&load, &[]).expect("it comes to rest")
    };
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(solve)
    };
    let bits = |moved: &[DVec3]| {
        moved
            .iter()
            .flat_map(|v| v.to_array())
            .map(f64::to_bits)
            .collect::<Vec<_>>()
    };
    assert!(bits(&with(1)) == bits(&with(3)));
}

#[test]
fn a_gel_that_cannot_come_to_rest_is_an_error() {
    let lattice = block([24, 16, 0]);
    let held = rim(&lattice);
    let gel = Gel::new(lattice.clone(), SOFT, &[], &held);
    let mut load = vec![DVec3::ZERO; lattice.node_count()];
    load[lattice.node_count() / 2] = DVec3::new(f64::NAN, 0.0, 0.0);
    let said = gel.solve(&load, &[]).expect_err("no number").to_string();
    assert!(said.contains("equilibrium was not reached"), "{said}");
}
